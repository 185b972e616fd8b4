import { Code, ConnectError } from "@connectrpc/connect";
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useSession } from "../session/session-context.ts";
import { SignInLink } from "../session/sign-in-link.tsx";
import { busySentence } from "./busy-sentence.ts";
import { CodeBadge } from "./code-badge.tsx";
import classes from "./error-notice.module.css";
import { errorSentence } from "./error-sentence.ts";

/** What went wrong and what can be done about it. */
export interface ErrorNoticeProps {
  /** Anything that was thrown; without a status code it counts as UNKNOWN. */
  readonly error: unknown;
  /** A sentence that fits the place better than the one for the code. */
  readonly sentence?: string;
  /** Tries again, on a button; there is none where absent. */
  readonly onRetry?: () => void;
  /** Leaves out what the server said, where that already stands at a form field. */
  readonly withoutDetail?: boolean;
}

/** An error: a sentence for people, the status code beside it, and what the server said below, or how to sign in where that is what is missing. Announced at once. */
export function ErrorNotice({ error, sentence, onRetry, withoutDetail = false }: ErrorNoticeProps) {
  const known = ConnectError.from(error);
  const { code, rawMessage } = known;
  const session = useSession();
  const canSignIn = code === Code.Unauthenticated && session.kind === "signed-out" && session.signsIn;
  return (
    <div role="alert" className={classes.notice}>
      <IconAlertTriangle aria-hidden className={classes.icon} size={20} stroke={1.75} />
      <div className={classes.text}>
        <p className={classes.sentence}>
          {sentence ?? busySentence(known) ?? errorSentence(code)} <CodeBadge code={code} />
        </p>
        {!withoutDetail && !canSignIn && rawMessage !== "" && <p className={classes.detail}>{rawMessage}</p>}
      </div>
      {canSignIn && <SignInLink>Sign in</SignInLink>}
      {onRetry !== undefined && !canSignIn && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
