import { TrainingPhase } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** The phases of a training in their order, and what is done in each, for people. */
export const phaseTexts: readonly (readonly [phase: TrainingPhase, short: string, long: string])[] = [
  [TrainingPhase.READING, "Reading", "Reads the likes"],
  [TrainingPhase.COUNTING, "Counting", "Counts which books are liked together"],
  [TrainingPhase.SOLVING, "Solving", "Solves for the weights of each book"],
  [TrainingPhase.EVALUATING, "Evaluating", "Measures how well held-out likes are foretold"],
];
