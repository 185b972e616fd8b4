/** How far the training of a model is. */
export interface TrainingStep {
  /** First it counts which books are liked together, then it solves for the weights of each book. */
  readonly phase: "counting" | "solving";
  /** How much of the phase is done, 0 to 1. */
  readonly progress: number;
}

/** Is told how far a training is: at the start of each phase, after about every hundredth of it, and at its end. */
export type OnTrainingStep = (step: TrainingStep) => void;

const STEPS = 100;

/**
 * Tells the start of a phase and makes what is to be called after each of its rounds, which tells about every hundredth of them and
 * the last: at most 101 calls in all.
 */
export function startPhase(phase: TrainingStep["phase"], rounds: number, onStep: OnTrainingStep): () => void {
  let done = 0;
  let next = 1;
  onStep({ phase, progress: rounds > 0 ? 0 : 1 });
  return () => {
    done++;
    if (done * STEPS < next * rounds) return;
    next = Math.floor((done * STEPS) / rounds) + 1;
    onStep({ phase, progress: done / rounds });
  };
}
