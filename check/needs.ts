import { say, wordsOf } from './clean';
import type { Need, Run } from './question';

/** An application's token. */
export const application: Need = ({ portal }) =>
	portal.access.token === undefined ? say`needs an application, not a webhook` : undefined;

/** An incoming webhook. */
export const webhook: Need = ({ portal }) =>
	portal.access.webhook === undefined ? say`needs an incoming webhook` : undefined;

/** An administrator. */
export const administrator: Need = ({ known }) => (known.isAdmin ? undefined : say`needs an administrator`);

/** A permission; user_brief and user_basic will do for user. */
export const permission =
	(scope: string): Need =>
	({ known }) =>
		hasScope(known.scopes, scope) ? undefined : say`permission ${wordsOf(scope)} missing`;

/** What changes something for a moment. */
export const writing: Need = ({ allowed }) => (allowed.write ? undefined : say`only with --write`);

/** A number of one's own. */
export const number: Need = (run) =>
	writing(run) ?? (run.allowed.number === undefined ? say`only with --number` : undefined);

/** An address for a handler. */
export const handler: Need = (run) =>
	writing(run) ?? (run.allowed.handler === undefined ? say`only with --handler` : undefined);

/** Whether a list of permissions holds one. */
export function hasScope(scopes: readonly string[], scope: string): boolean {
	return scopes.includes(scope) || (scope === 'user' && scopes.some((name) => name.startsWith('user_')));
}

/** Something that an earlier question had to bring about. */
export const noted =
	(note: string, otherwise: ReturnType<Need>): Need =>
	({ notes }: Run) =>
		notes.has(note) ? undefined : otherwise;
