import type { Transport } from "@connectrpc/connect";
import { useMutation, useTransport } from "@connectrpc/connect-query";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useCallback, useMemo, useRef, useState } from "react";
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

const timeoutMs = 10_000;

/** Makes the calls. When several are under way, only what the latest comes to counts. */
export function useGreet(): Greet {
  const transport = useTransport();
  const timed = useMemo(() => withTimeout(transport, timeoutMs), [transport]);
  const { mutate: sayHello, ...hello } = useMutation(GreeterService.method.sayHello, { transport: timed });
  const { mutate: sayHelloAgain, ...again } = useMutation(GreeterService.method.sayHelloAgain, { transport: timed });
  const [kind, setKind] = useState<GreetKind>("hello");
  const [{ greeting, count }, setAnswered] = useState<Pick<Greet, "greeting" | "count">>({
    greeting: undefined,
    count: 0,
  });
  const latest = useRef(0);
  const greet = useCallback(
    (kind: GreetKind, form: GreetingForm) => {
      const own = ++latest.current;
      const onSuccess = ({ message, language }: Omit<SpokenGreeting, "of">) => {
        if (latest.current !== own) return;
        setAnswered((last) => ({ greeting: { message, language, of: form }, count: last.count + 1 }));
      };
      const onError = () => {
        if (latest.current === own) setAnswered(({ count }) => ({ greeting: undefined, count }));
      };
      setKind(kind);
      (kind === "hello" ? sayHello : sayHelloAgain)(form, { onSuccess, onError });
    },
    [sayHello, sayHelloAgain],
  );
  const { error, variables, isPending } = kind === "hello" ? hello : again;
  const refusal = useMemo(
    () => (error === null || variables === undefined ? undefined : { error, sent: { ...variables } }),
    [error, variables],
  );
  return { greet, greeting, count, pending: isPending, refusal };
}

/** A transport whose unary calls have a deadline where they are given none. */
function withTimeout(transport: Transport, defaultTimeoutMs: number): Transport {
  return {
    unary: (method, signal, timeoutMs, header, input, contextValues) =>
      transport.unary(method, signal, timeoutMs ?? defaultTimeoutMs, header, input, contextValues),
    stream: transport.stream.bind(transport),
  };
}
