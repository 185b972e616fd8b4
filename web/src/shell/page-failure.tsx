import { Button } from "@mantine/core";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeader } from "../components/page-header.tsx";

/** What is shown instead of a page that could not be loaded or drawn. */
export function PageFailure() {
  return (
    <>
      <PageHeader title="This page did not open" />
      <EmptyState
        title="It could not be loaded, or it ran into an error."
        action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
      >
        If the server was updated or restarted just now, loading the page again is enough.
      </EmptyState>
    </>
  );
}
