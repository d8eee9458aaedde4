const pitchHz = 880
const lengthSeconds = 0.25
const loudness = 0.15
/** An exponential fade cannot end in silence. */
const almostSilent = 0.0001

/** One short tone. Where the browser lets no page sound before a click, none is heard. */
export function playAlarm(): void {
  if (!('AudioContext' in window)) return
  const audio = new AudioContext()
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  const now = audio.currentTime
  tone.frequency.value = pitchHz
  volume.gain.setValueAtTime(loudness, now)
  volume.gain.exponentialRampToValueAtTime(almostSilent, now + lengthSeconds)
  tone.connect(volume).connect(audio.destination)
  tone.addEventListener('ended', () => void audio.close())
  tone.start(now)
  tone.stop(now + lengthSeconds)
}
