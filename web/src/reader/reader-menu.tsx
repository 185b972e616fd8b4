import { IconUserCircle } from "@tabler/icons-react";
import { Suspense, useId, useRef } from "react";
import { lazyPart } from "../components/lazy-part.ts";
import type { Session } from "../session/session.ts";
import { useSession } from "../session/session-context.ts";
import { SignInLink } from "../session/sign-in-link.tsx";
import classes from "./reader-menu.module.css";
import { useReader } from "./use-reader.ts";

// Nobody sees it before it is opened. Where it cannot be loaded, a notice says so.
const ReaderDetails = lazyPart(
  async () => (await import("./reader-details.tsx")).ReaderDetails,
  () => null,
);

/** Shows who the app acts as, and on demand what that means and how to change it; where nobody is signed in, the way to do so. */
export function ReaderMenu() {
  const session = useSession();
  const { readerId } = useReader();
  const isGuest = session.kind === "not-asked" || session.kind === "unknown";
  const popover = useRef<HTMLDivElement>(null);
  const id = useId();

  if (session.kind === "signed-out" && session.signsIn)
    return (
      <SignInLink className={classes.button}>
        <IconUserCircle aria-hidden size={18} stroke={1.75} />
        <span className={classes.name}>Sign in</span>
      </SignInLink>
    );
  return (
    <>
      <button
        type="button"
        className={classes.button}
        popoverTarget={id}
        {...(isGuest && { title: `Reader ${readerId}` })}
      >
        <IconUserCircle aria-hidden size={18} stroke={1.75} />
        <span className={classes.name} dir="auto">
          {nameOf(session)}
        </span>
      </button>
      <div ref={popover} id={id} popover="auto" role="dialog" aria-label="Reader" className={classes.popover}>
        <Suspense fallback={null}>
          <ReaderDetails session={session} onDone={() => popover.current?.hidePopover?.()} />
        </Suspense>
      </div>
    </>
  );
}

function nameOf(session: Session): string {
  if (session.kind === "signed-in") return session.user.name;
  return session.kind === "signed-out" ? "Not signed in" : "Guest reader";
}
