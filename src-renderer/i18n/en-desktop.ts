/** Words of what only the desktop application has. */
export const enDesktop = {
  desktop: {
    title: 'Window and tray',
    trayIcon: 'Tray icon',
    trayShown: 'Shown',
    trayHidden: 'Not shown',
    trayHelp: 'An icon with a menu, the counts of sockets and what the diagnosis found.',
    trayHelpLinux: 'An icon with a menu, the counts of sockets and what the diagnosis found. GNOME shows it only with an extension.',
    closing: 'Closing the window',
    closeQuits: 'Ends Sockscope',
    closeStays: 'Leaves it running behind its icon',
    closeHelp: 'Behind its icon, Sockscope goes on watching. Quit it in the menu of the icon.',
    closeHelpLinux:
      'Behind its icon, Sockscope goes on watching. Quit it in the menu of the icon. Where the desktop shows no icons, the window is minimised.',
    starting: 'Starting',
    startWindow: 'Opens the window',
    startMinimized: 'Minimised (behind its icon, if that is shown)',
    alwaysOnTop: 'Always on top',
    topOn: 'On',
    topOff: 'Off',
    topHelp: 'Keeps the window above all others.',
    topHelpLinux: 'Keeps the window above all others. Desktops that run Wayland may ignore it.',
    executableEnded: 'Process {pid} has ended. Its file is not known any more.',
    executableRemoved: 'The file of process {pid} was removed or replaced since the process started.',
    executableElsewhere: 'The file of process {pid} is not in the file system of this desktop. The process may run in a container.',
    executableUnknown: 'The system does not tell the file of process {pid}. Its owner or an administrator can see it.',
  },
}
