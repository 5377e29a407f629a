import { say, type Clean } from '../clean';

const EVENT = say`shows only in an event that is delivered`;
const EFFECT = say`shows only in the portal's pages`;

/** Why a conflict of the contract cannot be settled by asking from outside. */
export const UNASKED: Readonly<Record<string, Clean>> = {
	C03: EFFECT,
	C04: EFFECT,
	C05: EFFECT,
	C06: say`would make a lead in the CRM`,
	C07: EVENT,
	C08: EVENT,
	C09: EVENT,
	C11: say`would take events from the queue`,
	C13: say`needs a portal that was deleted`,
	C15: say`would send a webhook unencrypted`,
	C18: say`needs an update of the application`,
	C19: say`needs a session of a browser`,
	C20: say`takes 30 days`,
	C23: say`would block a method for minutes`,
	C24: say`the authorisation server is the one that was given`,
	C25: EVENT,
	C27: EVENT,
	C35: EVENT,
};
