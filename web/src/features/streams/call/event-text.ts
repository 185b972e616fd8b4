import type { CallEvent } from "./call-timeline.ts";

const endTexts = {
  done: () => "received the trailers: OK",
  failed: (status: string) => `failed: ${status}`,
  cancelled: () => "cancelled the call",
} as const;

/** What happened, in words for the log. */
export function eventText(event: CallEvent): string {
  switch (event.type) {
    case "opened":
      return "opened the call";
    case "sent":
      return `sent ${event.text}`;
    case "half-closed":
      return "half-closed: nothing more to send";
    case "headers":
      return "received the headers";
    case "received":
      return `received ${event.text}`;
    case "ended":
      return endTexts[event.outcome](event.status);
  }
}
