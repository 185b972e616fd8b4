import type { Durations, WatchOperationsResponse } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { bytesText, durationText } from "../../text/amount-text.ts";
import classes from "./operations.module.css";

/** What the server carries and takes, and how its store and its model are, each by its name. */
export function Figures({ figures }: { readonly figures: WatchOperationsResponse }) {
  return (
    <div className={classes.groups}>
      {groupsOf(figures).map(({ title, entries }) => (
        <section key={title} aria-label={title}>
          <h3 className={classes.title}>{title}</h3>
          <dl className={classes.figures}>
            {entries.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

interface Group {
  readonly title: string;
  readonly entries: readonly (readonly [name: string, value: string])[];
}

function groupsOf({ load, process, store, model }: WatchOperationsResponse): readonly Group[] {
  return [
    {
      title: "Clients",
      entries: [
        ["connections", count(load?.connections)],
        ["calls in flight", count(load?.calls)],
        ["handlers that run", count(load?.handlers)],
        ["answers that are no calls", count(load?.answers)],
        ["incomplete messages", bytesText(Number(load?.requestBytes ?? 0n))],
      ],
    },
    { title: "Held for clients", entries: Object.entries(load?.held ?? {}).map(([what, held]) => [what, count(held)]) },
    {
      title: "Process",
      entries: [
        ["memory", bytesText(Number(process?.residentBytes ?? 0n))],
        ["of that objects", bytesText(Number(process?.heapBytes ?? 0n))],
        ["event loop, 99 %", seconds(process?.eventLoopP99Seconds)],
        ["event loop, longest turn", seconds(process?.eventLoopMaxSeconds)],
      ],
    },
    {
      title: "Store",
      entries: [
        ["writes not durable yet", count(store?.pendingWrites)],
        ["the oldest has waited", seconds(store?.lagSeconds)],
        ["writes, 95 %", share(store?.recentWrites)],
        ["syncs, 95 %", share(store?.recentSyncs)],
      ],
    },
    {
      title: "Model",
      entries: [
        ["served model", model?.version === 0n ? "none yet" : count(model?.version)],
        ["training", model?.isTraining === true ? "runs" : "not now"],
        ["latest training", model?.hasFailed === true ? "failed" : "did not fail"],
        ["changed likes since", count(model?.changedLikes)],
      ],
    },
  ];
}

function count(value: bigint | undefined): string {
  return (value ?? 0n).toLocaleString("en");
}

function seconds(value: number | undefined): string {
  return durationText((value ?? 0) * 1_000);
}

function share(durations: Durations | undefined): string {
  return durations === undefined || durations.count === 0n ? "–" : seconds(durations.p95Seconds);
}
