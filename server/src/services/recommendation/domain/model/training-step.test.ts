import fc from "fast-check";
import { expect, it } from "vitest";
import { startPhase, type TrainingStep } from "./training-step.ts";

function stepsOf(rounds: number): TrainingStep[] {
  const steps: TrainingStep[] = [];
  const finishRound = startPhase("solving", rounds, (step) => steps.push(step));
  for (let round = 0; round < rounds; round++) finishRound();
  return steps;
}

it("a phase of four rounds is told from start to end", () => {
  expect(stepsOf(4)).toEqual([0, 0.25, 0.5, 0.75, 1].map((progress) => ({ phase: "solving", progress })));
});

it("a phase without rounds is told as done", () => {
  expect(stepsOf(0)).toEqual([{ phase: "solving", progress: 1 }]);
});

it("a phase is told at most 101 times, ascending from 0 to 1, in steps of two hundredths at most when it has many rounds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (rounds) => {
      const progress = stepsOf(rounds).map((step) => step.progress);
      expect(progress.length).toBeLessThanOrEqual(101);
      expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
      const widths = progress.slice(1).map((value, index) => value - (progress[index] ?? 0));
      expect(Math.min(...widths)).toBeGreaterThan(0);
      expect(Math.max(...widths)).toBeLessThanOrEqual(Math.max(1 / rounds, 0.02) + 1e-12);
    }),
  );
});
