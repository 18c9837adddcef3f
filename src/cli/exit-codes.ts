/** What the command line ends with (design.md §6): scripts depend on these. */
export const EXIT = {
  /** Everything that is a head was defaced and written. */
  done: 0,
  /** Something was refused, failed, or withheld for review; the rest is written. */
  incomplete: 1,
  usage: 2,
  nothing: 3,
  cancelled: 130,
} as const;
