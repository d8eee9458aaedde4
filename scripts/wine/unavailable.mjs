/** Why Wine cannot be had here: a reason to skip, not a defect. */
export class Unavailable extends Error {}
