import { Button } from "@mantine/core";
import { use, useState } from "react";
import type { Session, User } from "../session/session.ts";
import { SessionContext } from "../session/session-context.ts";
import { ReaderForm } from "./reader-form.tsx";
import classes from "./reader-menu.module.css";

/** What `ReaderDetails` shows. */
export interface ReaderDetailsProps {
  readonly session: Session;
  /** Called once nothing is left to be done. */
  readonly onDone: () => void;
}

/** Who the app acts as, what that means, and how to change it. */
export function ReaderDetails({ session, onDone }: ReaderDetailsProps) {
  if (session.kind === "signed-in") return <SignedIn user={session.user} />;
  if (session.kind === "signed-out")
    return (
      <p className={classes.text}>
        This server asks who calls, and people cannot sign in on this page: it shows what anyone may see. Other clients
        say who they are by a token, a key or a certificate.
      </p>
    );
  return (
    <>
      {session.kind === "not-asked" && (
        <p className={classes.text}>
          This server does not ask who you are: anybody may do anything here, and everybody sees it.
        </p>
      )}
      <ReaderForm onDone={onDone} />
    </>
  );
}

function SignedIn({ user: { name, isAdmin } }: { readonly user: User }) {
  const store = use(SessionContext);
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");
  const signOut = async () => {
    setState("leaving");
    try {
      window.location.assign(await store.signOut());
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <p className={classes.text}>
        You are signed in as <strong dir="auto">{name}</strong>
        {isAdmin && ", an admin, who sees and changes what is anybody's"}. What you rate and order is your own.
      </p>
      {state === "failed" && (
        <p className={classes.text} role="alert">
          You are still signed in: the server could not be reached.
        </p>
      )}
      <Button variant="default" loading={state === "leaving"} onClick={() => void signOut()}>
        Sign out
      </Button>
    </>
  );
}
