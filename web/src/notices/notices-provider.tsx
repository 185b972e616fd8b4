import { type ReactNode, useCallback, useRef, useState } from "react";
import { BusyCard } from "./busy-card.tsx";
import type { Notice } from "./notice.ts";
import { NoticeCard } from "./notice-card.tsx";
import { NoticesContext, type Notify } from "./notices-context.ts";
import classes from "./notices-provider.module.css";

/** Of those that go by themselves. */
const mostAtOnce = 4;

/** Gives everything below it `useNotify`, and shows the notices in a corner, where screen readers announce them, below them that calls wait. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const nextId = useRef(1);
  const notify = useCallback<Notify>((notice) => {
    const id = nextId.current++;
    setNotices((last) => withNotice(last, { ...notice, id }));
  }, []);
  const dismiss = useCallback((id: number) => setNotices((last) => last.filter((notice) => notice.id !== id)), []);
  return (
    <NoticesContext value={notify}>
      {children}
      <section aria-label="Notices" aria-live="polite" className={classes.region}>
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} onDismiss={dismiss} />
        ))}
        <BusyCard />
      </section>
    </NoticesContext>
  );
}

/** The notices with another. One that stays is there once, and is not pushed out by those that go by themselves. */
function withNotice(notices: readonly Notice[], added: Notice): readonly Notice[] {
  const stays = ({ action }: Notice) => action !== undefined;
  if (stays(added) && notices.some((notice) => stays(notice) && notice.text === added.text)) return notices;
  const all = [...notices, added];
  return [...all.filter(stays), ...all.filter((notice) => !stays(notice)).slice(-mostAtOnce)];
}
