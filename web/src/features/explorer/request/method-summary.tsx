import type { DescMethod } from "@bufbuild/protobuf";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { CommentText } from "../schema/comment-text.tsx";
import { commentOf } from "../schema/comments.ts";
import { kindName, kindSentence, promiseOf } from "../schema/method-kind.ts";
import { whoMayCall } from "../schema/who-may-call.ts";
import { KindIcon } from "../services/kind-icon.tsx";
import classes from "./method-summary.module.css";

/** What the contract says of a method: where it is, of which kind, what it takes and gives, what it promises, who may call it. */
export function MethodSummary({ method }: { readonly method: DescMethod }) {
  const promise = promiseOf(method);
  const { sentence, isLocked } = whoMayCall(method);
  const Lock = isLocked ? IconLock : IconLockOpen;
  const { methodKind: kind, input, output } = method;
  const comment = commentOf(method);
  const ofService = commentOf(method.parent);
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
      {comment !== undefined && (
        <p className={classes.comment}>
          <CommentText>{comment}</CommentText>
        </p>
      )}
      {sentence !== undefined && (
        <p className={classes.kind}>
          <Lock aria-hidden size={16} stroke={1.75} />
          {sentence}
        </p>
      )}
      <p className={classes.types}>
        {kind === "client_streaming" || kind === "bidi_streaming" ? "stream " : ""}
        <span title={input.typeName}>{input.name}</span> →{" "}
        {kind === "server_streaming" || kind === "bidi_streaming" ? "stream " : ""}
        <span title={output.typeName}>{output.name}</span>
      </p>
      {ofService !== undefined && (
        <details>
          <summary>About {method.parent.name}</summary>
          <p className={classes.comment}>
            <CommentText>{ofService}</CommentText>
          </p>
        </details>
      )}
    </div>
  );
}
