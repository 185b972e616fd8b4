import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  ReaderEventKind as Kind,
  type ReaderEvent,
  type ReportEventsRequest,
  type ReportEventsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createViolations, type Violations } from "../../domain/violations.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import type { ReaderEventKind, ReaderEventStore } from "./domain/reader-events.ts";
import { notAnId } from "./domain/validate.ts";

const MOST_EVENTS = 50;

const kinds: ReadonlyMap<Kind, ReaderEventKind> = new Map([
  [Kind.OPENED, "opened"],
  [Kind.PUT_INTO_BASKET, "put-into-basket"],
]);

/** Answers ReportEvents, once what counts survives a crash. */
export async function reportEvents(
  catalogue: Catalogue,
  readerEvents: Pick<ReaderEventStore, "record">,
  { userId, events }: ReportEventsRequest,
): Promise<MessageInitShape<typeof ReportEventsResponseSchema>> {
  const violations = createViolations();
  violations.addAll(notAnId("user_id", userId));
  const checked = checkEvents(events, violations);
  violations.throwIfAny();
  for (const { bookId } of checked) catalogue.book(bookId);
  return { counted: await readerEvents.record(checked.map((event) => ({ ...event, userId }))) };
}

function checkEvents(events: readonly ReaderEvent[], violations: Violations) {
  if (events.length < 1 || events.length > MOST_EVENTS) {
    violations.add("events", `must be 1 to ${MOST_EVENTS} events: got ${events.length}`);
    return [];
  }
  return events.flatMap(({ kind, bookId }, index) => {
    const known = kinds.get(kind);
    if (known === undefined) {
      const wanted = "READER_EVENT_KIND_OPENED or READER_EVENT_KIND_PUT_INTO_BASKET";
      violations.add(`events[${index}].kind`, `must be ${wanted}: got ${kind}`);
    }
    violations.addAll(notAnId(`events[${index}].book_id`, bookId));
    return known === undefined ? [] : [{ kind: known, bookId }];
  });
}
