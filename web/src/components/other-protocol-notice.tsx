import { Button } from "@mantine/core";
import classes from "./other-protocol-notice.module.css";

/** Which protocol cannot carry the call, and how to change it. */
export interface OtherProtocolNoticeProps {
  /** Its name. */
  readonly protocol: string;
  readonly onSwitch: () => void;
}

/** Says why a page cannot make a call under the protocol in use, and offers the protocol that can carry it. */
export function OtherProtocolNotice({ protocol, onSwitch }: OtherProtocolNoticeProps) {
  return (
    <div className={classes.notice}>
      <p>
        <strong>{protocol} cannot carry this from a page.</strong> It goes over <code>fetch</code>, which in browsers
        sends a request whole before the answer begins. A WebSocket goes both ways at any time.
      </p>
      <Button onClick={onSwitch}>Switch to WebSocket</Button>
    </div>
  );
}
