import type { DescMethod } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { useId } from "react";
import { useSession } from "../../../session/session-context.ts";
import { SignInLink } from "../../../session/sign-in-link.tsx";
import { streamsRequests } from "../schema/method-kind.ts";
import classes from "./call-buttons.module.css";
import type { CallLog } from "./call-log.ts";

/** What can be done with a call now. */
export interface CallButtonsProps {
  readonly method: DescMethod;
  readonly log: CallLog;
  /** Why the call may not be made; undefined where it may. One that is open goes on. */
  readonly whyNot: string | undefined;
  readonly onOpen: () => void;
  readonly onHalfClose: () => void;
  readonly onCancel: () => void;
}

/** The buttons that make a call, send into it and end it. The first one submits the form around it. */
export function CallButtons({ method, log, whyNot, onOpen, onHalfClose, onCancel }: CallButtonsProps) {
  const isOpen = log.phase === "open";
  const streams = streamsRequests(method);
  const session = useSession();
  const reason = useId();
  const mayNot = whyNot !== undefined && !isOpen;
  const starting = { ...(mayNot && { "aria-describedby": reason }) };
  return (
    <div className={classes.buttons}>
      {mayNot && (
        <p id={reason} className={classes.whyNot}>
          {whyNot} {session.kind === "signed-out" && session.signsIn && <SignInLink>Sign in</SignInLink>}
        </p>
      )}
      {streams ? (
        <>
          <Button type="submit" disabled={mayNot || (isOpen && !log.isSending)} {...starting}>
            Send message
          </Button>
          <Button variant="default" disabled={mayNot || isOpen} onClick={onOpen} {...starting}>
            Open
          </Button>
          <Button variant="default" disabled={!(isOpen && log.isSending)} onClick={onHalfClose}>
            Half-close
          </Button>
        </>
      ) : (
        <Button type="submit" disabled={mayNot || isOpen} {...starting}>
          Send
        </Button>
      )}
      <Button variant="default" disabled={!isOpen} onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
