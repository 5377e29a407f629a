/**
 * Form of a usable answer, character by character that of the context b24-incoming-said in
 * examples/asterisk/incoming.conf.
 */
export const USABLE = '^externalCall[.][0-9A-Za-z.]+(/[0-9]+(&[0-9]+)*)+$';

/** Whom n8n wants to be rung for which call, or the fixed fallback. */
export interface Routing {
	/** Bitrix24's CALL_ID; empty for the fallback. */
	callId: string;
	/** Groups that ring one after the other, each with the extensions that ring together. */
	groups: string[][];
}

/**
 * Takes n8n's answer apart, such as `externalCall.<id>/102/103&104`.
 * @param fallback who rings when the answer is anything else, in the same form without the CALL_ID
 */
export function routingOf(said: string, fallback: string): Routing {
	const isUsable = new RegExp(USABLE).test(said);
	const [callId = '', ...stages] = isUsable ? said.split('/') : ['', ...fallback.split('/')];
	return { callId, groups: stages.map((stage) => stage.split('&')) };
}
