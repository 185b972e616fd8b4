import type { DescMethod } from "@bufbuild/protobuf";
import { kindName, kindSentence, promiseOf } from "../schema/method-kind.ts";
import { KindIcon } from "../services/kind-icon.tsx";
import classes from "./method-summary.module.css";

/** What the contract says of a method: where it is, of which kind, what it takes and gives, what it promises. */
export function MethodSummary({ method }: { readonly method: DescMethod }) {
  const promise = promiseOf(method);
  const { methodKind: kind, input, output } = method;
  return (
    <div className={classes.summary}>
      <p className={classes.service}>{method.parent.typeName}</p>
      <p className={classes.kind}>
        <KindIcon kind={kind} />
        <strong>{kindName(kind)}.</strong> {kindSentence(kind)}
        {promise === "Read only" && " Calling it changes nothing."}
        {promise === "Idempotent" && " Calling it twice is the same as once."}
        {method.deprecated && " Deprecated."}
      </p>
      <p className={classes.types}>
        {kind === "client_streaming" || kind === "bidi_streaming" ? "stream " : ""}
        <span title={input.typeName}>{input.name}</span> →{" "}
        {kind === "server_streaming" || kind === "bidi_streaming" ? "stream " : ""}
        <span title={output.typeName}>{output.name}</span>
      </p>
    </div>
  );
}
