import { use, useContext, useEffect, useEffectEvent, useRef } from "react";
import { shareable } from "../../../call-link/shareable.ts";
import type { SharedCall } from "../../../call-link/shared-call.ts";
import { codeName } from "../../../errors/code-name.ts";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import type { CallLog } from "../call/call-log.ts";
import { CallsContext } from "./calls-context.ts";
import { withEnded } from "./kept-calls.ts";

/** Keeps each call once it has ended, as it was when it began. */
export function useRecordedCall(call: SharedCall, { phase, error }: CallLog): void {
  const { change } = use(CallsContext);
  const { timeOfDay } = useContext(StreamEnvironmentContext);
  const begun = useRef<SharedCall>(undefined);
  const follow = useEffectEvent((reached: CallLog["phase"]) => {
    if (reached === "open") begun.current = shareable(call).call;
    const ended = reached === "ended" ? begun.current : undefined;
    if (ended === undefined) return;
    begun.current = undefined;
    const code = error === undefined ? "OK" : codeName(error.code);
    const kept = { id: crypto.randomUUID(), call: ended, at: timeOfDay(), code };
    void change((calls) => withEnded(calls, kept));
  });
  useEffect(() => follow(phase), [phase]);
}
