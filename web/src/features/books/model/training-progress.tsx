import { type Training, TrainingPhase } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { phaseTexts } from "./phase-text.ts";
import classes from "./training-progress.module.css";

/** How far the training of the next model is, and what it does right now. */
export function TrainingProgress({ training: { phase, progress } }: { readonly training: Training }) {
  const percent = Math.floor(Math.min(Math.max(progress, 0), 1) * 100);
  const what = phaseTexts.find(([one]) => one === phase)?.[2] ?? "Trains";
  return (
    <div className={classes.training}>
      <p className={classes.line}>
        <span>{what}</span>
        <span className={classes.percent}>{percent} %</span>
      </p>
      <div
        role="progressbar"
        aria-label="Training of the next model"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${what}, ${percent} %`}
        className={classes.track}
      >
        <span className={classes.bar} style={{ width: `${percent}%` }} />
      </div>
      <ol className={classes.phases} aria-hidden>
        {phaseTexts.map(([one, short]) => (
          <li key={one} data-state={one < phase ? "done" : one === phase ? "now" : "next"}>
            {short}
          </li>
        ))}
      </ol>
      {phase === TrainingPhase.EVALUATING && <p className={classes.served}>The new model is served already.</p>}
    </div>
  );
}
