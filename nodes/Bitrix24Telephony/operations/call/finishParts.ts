import type { JsonObject } from '../../../../bitrix24/decode';
import { finish as finishCall } from '../../../../bitrix24/methods/calls';
import { ask, type Conversation } from '../../../../bitrix24/plan';
import { callId, finishedCall } from '../../fields/call';
import { employeeParameters, type KnownEmployee } from '../../fields/employee';
import { known } from '../../fields/employeeSearch';
import { additionalFields } from '../../fields/field';
import { flagOnUnlessAdded, optionalDate } from '../../fields/kinds';
import { parts as partsField, type Part } from '../../fields/parts';
import { defineOperation } from '../operation';
import type { Refusal, ShownItem } from '../../shown';
import { attach, logOnce, type PastCall } from './logging';

/** A part with an employee whom the portal's methods take. */
type KnownPart = Part & { employee: KnownEmployee };

/** What all parts have in common. */
interface Whole {
	callId: string;
	addToChat: boolean;
	/** When the first talk began, milliseconds since 1970. */
	start: number;
}

/** Ends a call in which several talked one after the other: each gets the own part. */
export const finishParts = defineOperation({
	entry: {
		name: 'Finish in Parts',
		value: 'finishParts',
		action: 'Finish transferred call in parts',
		description:
			'Finish a call that was transferred, with a record for each employee who talked: the first part under the Call ID, every further one ' +
			'as a call of its own with duration and recording. A repeat changes nothing.',
	},
	fields: [
		callId,
		partsField,
		additionalFields([
			flagOnUnlessAdded({
				displayName: 'Add to Chat',
				name: 'addToChat',
				default: true,
				description: 'Whether messages about the parts go into the chats',
			}),
			optionalDate({
				displayName: 'Start',
				name: 'start',
				description: 'When the first one began to talk. Without it, the last one stopped just now.',
			}),
		]),
	],
	warns: true,
	output: {
		CALL_ID: 'string',
		PART: 'integer',
		PORTAL_USER_ID: 'integer?',
		CALL_DURATION: 'integer',
		ALREADY_FINISHED: 'boolean',
		FILE_ID: 'integer?',
	},
	read: ({ callId, parts, additionalFields: { addToChat, start } }, reader) => {
		const talked = parts.filter(({ duration }) => duration > 0);
		if (talked.length === 0)
			reader.refuse(
				'Nobody talked',
				'A part needs a duration above 0. A call that nobody answered ends with Finish and its outcome.',
			);
		const seconds = talked.reduce((sum, { duration }) => sum + duration, 0);
		return {
			talked,
			whole: { callId, addToChat, start: start === undefined ? reader.now - seconds * 1000 : Date.parse(start) },
		};
	},
	run: function* ({ talked, whole }) {
		const parts: KnownPart[] = [];
		for (const part of talked) {
			const employee = yield* known(part.employee);
			if ('refused' in employee) return employee;
			parts.push({ ...part, employee });
		}
		const [first, ...others] = parts;
		if (!first) return [];
		const { item, call } = yield* finishFirst(whole, first);
		const items = [item];
		let start = whole.start + first.duration * 1000;
		for (const [index, part] of others.entries()) {
			const logged = yield* logPart({ ...whole, start }, part, index + 2, call);
			if ('refused' in logged) return logged;
			items.push(logged);
			start += part.duration * 1000;
		}
		return items;
	},
});

/**
 * The running call is the first part. One that is finished already stays as it is; a recording that it lacks is added.
 */
function* finishFirst(
	{ callId, addToChat }: Whole,
	part: KnownPart,
): Conversation<{ item: ShownItem; call: JsonObject }> {
	const parameters = {
		CALL_ID: callId,
		...employeeParameters(part.employee),
		DURATION: part.duration,
		STATUS_CODE: '200',
		ADD_TO_CHAT: addToChat ? 1 : 0,
	};
	const call = yield* ask(finishCall(parameters, true));
	const { errors } = finishedCall(call);
	const isRepeat = call.ALREADY_FINISHED === true;
	const { FILE_ID, warnings } = yield* attach(
		{ recording: part.recording, messages: [] },
		callId,
		isRepeat ? call : {},
	);
	const { PORTAL_USER_ID = null, CALL_DURATION = part.duration } = call;
	const json = { CALL_ID: callId, PART: 1, PORTAL_USER_ID, CALL_DURATION, ALREADY_FINISHED: isRepeat, FILE_ID };
	return {
		item: { json, warnings: [...errors.map((text) => `The call is finished, but: ${text}`), ...warnings] },
		call,
	};
}

/**
 * A further part is a call of its own. Its external id is made of the first one's CALL_ID, so that a repeat finds it.
 */
function* logPart(
	{ callId, addToChat, start }: Whole,
	part: KnownPart,
	number: number,
	call: JsonObject,
): Conversation<ShownItem | Refusal> {
	const externalCallId = `${callId}/${number}`;
	const past: PastCall = {
		...part,
		phoneNumber: String(call.PHONE_NUMBER ?? ''),
		incoming: ['2', '3'].includes(String(call.INCOMING)),
		start: new Date(start).toISOString(),
		statusCode: '200',
		externalCallId,
		skipLogged: true,
		messages: [],
		line: lineOf(call),
		crmCreate: false,
		addToChat,
	};
	const [shown] = [yield* logOnce(past, externalCallId)].flat();
	if (!shown || 'refused' in shown) return shown ?? { refused: 'The part was not logged', hint: 'Run the item again.' };
	const { CALL_ID, PORTAL_USER_ID = null, CALL_DURATION = part.duration, LOGGED, FILE_ID } = shown.json;
	return {
		...shown,
		json: { CALL_ID, PART: number, PORTAL_USER_ID, CALL_DURATION, ALREADY_FINISHED: LOGGED === false, FILE_ID },
	};
}

/** A call without a line has the application in its place (voximplant/lib/rest/helper.php). */
function lineOf({ PORTAL_NUMBER: line }: JsonObject): string | undefined {
	return typeof line === 'string' && line !== '' && !line.startsWith('REST_APP:') ? line : undefined;
}
