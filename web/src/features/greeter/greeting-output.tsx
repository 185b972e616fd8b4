import type { Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { IsolatedNames } from "../../text/isolated-names.tsx";
import classes from "./greeting-output.module.css";
import { textDirection } from "./text-direction.ts";
import type { SpokenGreeting } from "./use-greet.ts";

/** What is shown of the latest greeting. */
export interface GreetingOutputProps {
  readonly greeting: SpokenGreeting | undefined;
  /** A number that changes with every greeting, so that one that reads like the last is shown, and said, as a new one. */
  readonly count: number;
  /** Whether another is on its way. */
  readonly pending: boolean;
  /** The languages by tag. */
  readonly languages: ReadonlyMap<string, Language>;
}

/** The latest greeting, large, in its own language and direction. Announced. */
export function GreetingOutput({ greeting, count, pending, languages }: GreetingOutputProps) {
  const language = greeting && languages.get(greeting.language);
  return (
    <div className={classes.stage} data-pending={pending || undefined}>
      <output className={classes.output} aria-label="Greeting" aria-busy={pending}>
        {greeting === undefined ? (
          <span className={classes.none}>The greeting will appear here.</span>
        ) : (
          <span
            key={count}
            className={classes.greeting}
            data-size={sizeOf(greeting.message)}
            lang={greeting.language}
            dir={textDirection(language)}
          >
            <IsolatedNames text={greeting.message} names={[greeting.of.name]} />
          </span>
        )}
      </output>
      {greeting !== undefined && (
        <p className={classes.language}>
          {language?.englishName} <code>{greeting.language}</code>
        </p>
      )}
    </div>
  );
}

function sizeOf(message: string): "long" | "longer" | undefined {
  if (message.length > 100) return "longer";
  return message.length > 36 ? "long" : undefined;
}
