import { Button } from "@mantine/core";
import { EmptyState } from "../../../components/empty-state.tsx";
import { PageHeader } from "../../../components/page-header.tsx";
import { AppLink } from "../../../shell/app-link.tsx";

/** What is shown at the address of a book that there is not. */
export function NoSuchBook({ id }: { readonly id: string }) {
  return (
    <>
      <PageHeader title="There is no such book" />
      <EmptyState
        title={`The catalogue has no book ${id}`}
        action={
          <Button component={AppLink} href="/books" variant="default">
            Go to the catalogue
          </Button>
        }
      >
        The link may be to a book of another server, or of a library that was replaced.
      </EmptyState>
    </>
  );
}
