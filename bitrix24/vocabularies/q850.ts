import type { Words } from './words';

/**
 * ITU-T Q.850 causes, as mapped in Asterisk's "Hangup Cause Mappings" and FreeSWITCH's "Hangup Cause Code Table"; 0
 * is no cause at all (AST_CAUSE_NOT_DEFINED, SWITCH_CAUSE_NONE).
 */
export const q850: Words = {
	outcomes: [
		['ended', 0, 16, 31],
		['busy', 17],
		['unanswered', 18, 19, 102],
		['unavailable', 20, 27],
		['declined', 21],
		['noSuchNumber', 1, 3, 5, 22],
		['incompleteNumber', 28],
		['noRoute', 2, 6, 8, 14, 25, 29, 34, 38, 41, 42, 44, 45, 58, 63, 65, 66, 69, 79, 88],
		['forbidden', 50, 52, 54, 55, 57],
		['cancelled', 26],
	],
};
