import type { PbxCall } from './call';

/** Q.850 cause that `Hangup()` sets when nobody named another one. */
export const NORMAL_CLEARING = 16;

export type Side = 'employee' | 'client';
export type Button = 'answer' | 'busy' | 'noanswer' | 'hangup' | 'congestion' | 'chanunavail';

/** SIP answers of the buttons that refuse a call. */
export const SIP_OF_BUTTON: Readonly<Partial<Record<Button, number>>> = {
	busy: 486,
	hangup: 603,
	congestion: 503,
	chanunavail: 404,
};

/** How calls of one direction react to the phones. Every function is given a live call. */
export interface CallDriver {
	/**
	 * @param extension whose phone, on the employees' side
	 * @returns false when the phone has nothing to do with the button in this phase (a client cannot answer before it
	 * rings)
	 */
	press(call: PbxCall, side: Side, button: Button, extension: string): boolean;
	/** Hangs the first leg up. @returns true */
	hangup(call: PbxCall): boolean;
}
