import { useMutation } from "@tanstack/react-query";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useCallback, useMemo, useState } from "react";
import { useServiceClient } from "../../transport/use-service-client.ts";
import type { GreetingForm } from "./greeting-form.ts";
import type { Refusal } from "./refusal.ts";

/** A person never met before, or one met again. */
export type GreetKind = "hello" | "again";

/** A greeting that the server answered with. */
export interface SpokenGreeting {
  readonly message: string;
  /** The BCP 47 tag of the language it is in. */
  readonly language: string;
  /** The form that it was asked for with. */
  readonly of: GreetingForm;
}

/** Greeting people, one after the other. */
export interface Greet {
  readonly greet: (kind: GreetKind, form: GreetingForm) => void;
  /** The latest greeting; it stays while the next one is on its way, and is gone when that fails. */
  readonly greeting: SpokenGreeting | undefined;
  /** How many greetings were answered, so that two that read the same can be told apart. */
  readonly count: number;
  readonly pending: boolean;
  /** Why the latest call failed; undefined when it did not. */
  readonly refusal: Refusal | undefined;
}

type Answer = Omit<SpokenGreeting, "of">;

const timeoutMs = 10_000;

/** Makes the calls. When several are under way, only what the latest comes to counts. */
export function useGreet(): Greet {
  const client = useServiceClient(GreeterService);
  const [{ greeting, count }, setAnswered] = useState<Pick<Greet, "greeting" | "count">>({
    greeting: undefined,
    count: 0,
  });
  const { mutate, error, variables, isPending } = useMutation({
    mutationFn: ({ kind, form }: { kind: GreetKind; form: GreetingForm }): Promise<Answer> =>
      kind === "hello" ? client.sayHello(form, { timeoutMs }) : client.sayHelloAgain(form, { timeoutMs }),
  });
  const greet = useCallback(
    (kind: GreetKind, form: GreetingForm) => {
      const onSuccess = ({ message, language }: Answer) =>
        setAnswered((last) => ({ greeting: { message, language, of: form }, count: last.count + 1 }));
      mutate({ kind, form }, { onSuccess });
    },
    [mutate],
  );
  const refusal = useMemo(
    () => (error === null || variables === undefined ? undefined : { error, sent: { ...variables.form } }),
    [error, variables],
  );
  return { greet, greeting: error === null ? greeting : undefined, count, pending: isPending, refusal };
}
