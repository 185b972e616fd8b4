import { Button } from "@mantine/core";
import { EmptyState } from "../components/empty-state.tsx";

/** What is shown instead of a part of a page that could not be loaded or drawn; `title` says that in a sentence. */
export function PartFailure({ title = "This part could not be loaded, or it ran into an error." }: { title?: string }) {
  return (
    <EmptyState title={title} action={<Button onClick={() => window.location.reload()}>Load it again</Button>}>
      If the server was updated or restarted just now, loading the page again is enough.
    </EmptyState>
  );
}
