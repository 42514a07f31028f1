import { expect, type within } from 'storybook/test';

export type Canvas = ReturnType<typeof within>;

/** The native dashboard of a tenant, once it is drawn. */
export async function findDashboard(canvas: Canvas, tenant = 'Acme'): Promise<HTMLElement> {
  return await canvas.findByRole('region', { name: `Dashboard of ${tenant}` });
}

/** Both dashboards of the held states, once they are drawn. */
export async function findHeldDashboards(canvas: Canvas): Promise<void> {
  for (const tenant of ['Acme', 'Globex']) await findDashboard(canvas, tenant);
}

/** What the guard waits with: one live region that says so, and no dashboard. */
export async function expectWaiting(canvas: Canvas, text: string): Promise<void> {
  const saying = await canvas.findByText(text);
  await expect(saying).toBeVisible();
  await expect(saying.closest('[role=status]')).not.toBeNull();
  await expect(canvas.queryByRole('region', { name: /^Dashboard of/ })).toBeNull();
}

/** The error as it is said: one alert, and a button that works. */
export async function expectError(canvas: Canvas, text: string): Promise<void> {
  const alert = await canvas.findByRole('alert');
  await expect(alert).toHaveTextContent(text);
  await expect(canvas.getByRole('button', { name: /^Try(ing)? again/ })).toBeVisible();
  await expect(canvas.queryByRole('region', { name: /^Dashboard of/ })).toBeNull();
}

/** What the strip below the story says. */
export function readFigure(canvas: Canvas, name: string): string {
  const term = canvas.getByText(name, { selector: 'dt' });
  return term.nextElementSibling?.textContent ?? '';
}
