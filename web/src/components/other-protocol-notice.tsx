import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./other-protocol-notice.module.css";

/** Which protocol cannot carry the call, and how to change it. */
export interface OtherProtocolNoticeProps {
  /** Its name. */
  readonly protocol: string;
  readonly onSwitch: () => void;
  /** What else is to be said; nothing where absent. */
  readonly children?: ReactNode;
}

/** Says why a page cannot make a call under the protocol in use, and offers the protocol that can carry it. */
export function OtherProtocolNotice({ protocol, onSwitch, children }: OtherProtocolNoticeProps) {
  return (
    <div className={classes.notice}>
      <p>
        <strong>{protocol} cannot carry this from a page.</strong> It uses <code>fetch</code>, and in browsers that
        sends the whole request before the response begins. A WebSocket can send and receive at any time.{children}
      </p>
      <Button onClick={onSwitch}>Switch to WebSocket</Button>
    </div>
  );
}
