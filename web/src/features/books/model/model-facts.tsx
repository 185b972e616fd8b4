import { timestampDate } from "@bufbuild/protobuf/wkt";
import { DataSource, type Model } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { ReactNode } from "react";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { counted } from "./counted.ts";
import classes from "./model-facts.module.css";
import { secondsText } from "./seconds-text.ts";

/** What the served model ranks, when and how long it learned, and what has happened since. */
export function ModelFacts({ model }: { readonly model: Model }) {
  const { data, trainedAt, trainingSeconds, changesSince, booksUpdated, updatedAt } = model;
  return (
    <dl className={classes.facts}>
      {data !== undefined && (
        <Fact name="Ranks">
          {counted(data.books, "book")} of {sources[data.source]}
        </Fact>
      )}
      {trainedAt !== undefined && (
        <Fact name="Trained">
          <RelativeTime time={timestampDate(trainedAt)} />, in {secondsText(trainingSeconds)}
        </Fact>
      )}
      <Fact name="Since then">
        {changesSince === 0n ? "no likes have changed" : `${counted(changesSince, "like")} given or taken back`}
      </Fact>
      {updatedAt !== undefined && (
        <Fact name="Solved again">
          {counted(booksUpdated, "book")}, <RelativeTime time={timestampDate(updatedAt)} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const sources: Readonly<Record<DataSource, string>> = {
  [DataSource.UNSPECIFIED]: "the catalogue",
  [DataSource.BUILT_IN]: "the built-in catalogue",
  [DataSource.IMPORTED]: "an imported data set",
};
