import type { Words } from './words';

/**
 * RFC 3261 section 21, RFC 8197 (607), RFC 8688 (608). A provisional code says that the call goes on; see
 * `isRunning`.
 */
export const sip: Words = {
	outcomes: [
		['answered', 200, 202],
		['unanswered', 408],
		['cancelled', 487],
		['busy', 486, 600],
		['declined', 603],
		['noSuchNumber', 404, 410, 485, 604],
		['incompleteNumber', 484],
		['unavailable', 480],
		['noRoute', 500, 502, 503, 504],
		['forbidden', 401, 403, 407],
		['blocked', 607, 608],
		['noFunds', 402],
	],
};
