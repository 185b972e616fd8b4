/** Which of the processes of a server one is. */
export interface ProcessPlace {
  /** From 1. */
  readonly place: number;
  /** How many there are. */
  readonly processes: number;
}
