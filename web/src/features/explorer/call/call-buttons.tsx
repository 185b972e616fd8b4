import type { DescMethod } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import { streamsRequests } from "../schema/method-kind.ts";
import classes from "./call-buttons.module.css";
import type { CallLog } from "./call-log.ts";

/** What can be done with a call now. */
export interface CallButtonsProps {
  readonly method: DescMethod;
  readonly log: CallLog;
  readonly onOpen: () => void;
  readonly onHalfClose: () => void;
  readonly onCancel: () => void;
}

/** The buttons that make a call, send into it and end it. The first one submits the form around it. */
export function CallButtons({ method, log, onOpen, onHalfClose, onCancel }: CallButtonsProps) {
  const isOpen = log.phase === "open";
  const streams = streamsRequests(method);
  return (
    <div className={classes.buttons}>
      {streams ? (
        <>
          <Button type="submit" disabled={isOpen && !log.isSending}>
            Send message
          </Button>
          <Button variant="default" disabled={isOpen} onClick={onOpen}>
            Open
          </Button>
          <Button variant="default" disabled={!(isOpen && log.isSending)} onClick={onHalfClose}>
            Half-close
          </Button>
        </>
      ) : (
        <Button type="submit" disabled={isOpen}>
          Send
        </Button>
      )}
      <Button variant="default" disabled={!isOpen} onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
