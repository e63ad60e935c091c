import type { ComponentChildren } from 'preact';

export type HeadingLevel = 2 | 3 | 4;

/** Heading of a group within a panel or page; the level follows from where the group stands. */
export function GroupTitle({ level, children }: { readonly level: HeadingLevel; readonly children: ComponentChildren }) {
  const Heading = `h${level}` as const;
  return <Heading class="group-title">{children}</Heading>;
}
