/** Works through the items with so many hands at once: each takes the next item as soon as it is done with the last. */
export async function inParallel<Item>(
  items: readonly Item[],
  hands: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  // One iterator for all: an item that a hand has taken is gone for the others.
  const rest = items.values();
  const hand = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}
