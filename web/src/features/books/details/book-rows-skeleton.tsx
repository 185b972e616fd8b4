import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";

/** The outline of a short list of so many books that is on its way. */
export function BookRowsSkeleton({ count }: { readonly count: number }) {
  return (
    <Stack gap="md">
      <VisuallyHidden>Loading…</VisuallyHidden>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outlines have nothing but their place.
        <Skeleton key={index} height="5rem" radius="sm" />
      ))}
    </Stack>
  );
}
