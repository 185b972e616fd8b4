import { ConnectError } from "@connectrpc/connect";
import { Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useContext, useEffect, useState } from "react";
import { CodeBadge } from "../errors/code-badge.tsx";
import { StreamEnvironmentContext } from "../hooks/stream-environment.ts";
import { type Notice, noticeDuration } from "./notice.ts";
import classes from "./notice-card.module.css";

/** What `NoticeCard` shows. */
export interface NoticeCardProps {
  readonly notice: Notice;
  /** Called with the notice's id when it has been there long enough or is closed. */
  readonly onDismiss: (id: number) => void;
}

/** One notice. It goes by itself unless it has an action, but not while the pointer or the focus is on it. */
export function NoticeCard({ notice, onDismiss }: NoticeCardProps) {
  const { schedule } = useContext(StreamEnvironmentContext);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || notice.action !== undefined) return;
    return schedule(noticeDuration(notice), () => onDismiss(notice.id));
  }, [held, notice, onDismiss, schedule]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is not operated; being near it only keeps it from going.
    <div
      className={classes.card}
      data-kind={notice.kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div className={classes.text}>
        <p>
          {notice.text} {notice.error !== undefined && <CodeBadge code={ConnectError.from(notice.error).code} />}
        </p>
        {notice.action !== undefined && (
          <Button size="compact-sm" variant="default" onClick={notice.action.run}>
            {notice.action.label}
          </Button>
        )}
      </div>
      <button type="button" className={classes.close} aria-label="Dismiss" onClick={() => onDismiss(notice.id)}>
        <IconX aria-hidden size={16} />
      </button>
    </div>
  );
}
