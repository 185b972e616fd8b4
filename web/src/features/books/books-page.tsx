import { PageHeader } from "../../components/page-header.tsx";

/** The page of the book service. */
export function BooksPage() {
  return <PageHeader title="Books" lede="Rate what you have read, and watch the recommendations follow." />;
}
