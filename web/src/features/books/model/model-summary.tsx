import type { Model } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { counted } from "./counted.ts";
import classes from "./model-panel.module.css";
import { sampleReadersText } from "./sample-readers-text.ts";

/** In a sentence or two which model is served and what it learned from. */
export function ModelSummary({ model: { version, data, training } }: { readonly model: Model }) {
  if (version === 0n) {
    return (
      <p className={classes.summary}>
        {training === undefined ? "No model is ready yet." : "The first model is being trained."} Until one is, popular
        books are shown.
      </p>
    );
  }
  return (
    <p className={classes.summary}>
      <strong>Model {version.toString()}</strong>
      {data !== undefined && (
        <>
          {" "}
          learned from {counted(data.likes, "like")} by {counted(data.readers, "reader")}
          {sampleReadersText(data)}
        </>
      )}
      .
    </p>
  );
}
