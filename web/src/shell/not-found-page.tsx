import { AppLink } from "../components/app-link.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeader } from "../components/page-header.tsx";

/** What is shown at an address without a page. */
export function NotFoundPage() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <EmptyState title="This address leads nowhere." action={<AppLink href="/">Go to the overview</AppLink>}>
        The calculator, the greeter and the books are where the navigation says.
      </EmptyState>
    </>
  );
}
