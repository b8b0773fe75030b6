import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Only what is wrong is worked out in full: a third of the time. */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
}

/** What axe finds wrong, said with the state that the page is in; the test goes on. */
export async function violations(page: Page, state: string): Promise<void> {
  const { violations: found } = await axe(page).analyze();
  const told = found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ target }) => target.join(" "))
        .slice(0, 3)
        .join(" | ")}`,
  );
  expect.soft(told, state).toEqual([]);
}
