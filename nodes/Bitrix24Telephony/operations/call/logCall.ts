import { derivedId } from '../../../../bitrix24/derivedId';
import { duration, externalCallId, FINISHED_CALL, phoneNumber } from '../../fields/call';
import { crmSource } from '../../fields/clients';
import { employee } from '../../fields/employee';
import { known } from '../../fields/employeeSearch';
import { additionalFields, before } from '../../fields/field';
import { date, flag, flagOffUnlessAdded, flagOnUnlessAdded } from '../../fields/kinds';
import { callLine, createLine, lineOf } from '../../fields/line';
import { direction, ifUnknownOutcome, outcomeInWords, outcomeOfList, statusCode } from '../../fields/outcome';
import { optionalRecording, recordingByName } from '../../fields/recording';
import { transcript, transcriptLines, transcriptList } from '../../fields/transcript';
import { defineOperation } from '../operation';
import { logAnyway, logOnce } from './logging';

/** More seconds than any call has. */
const ANSWERED = 1e9;

const ownId = externalCallId.with({
	description:
		'ID of the call on the phone system, by which a repeated import finds what is logged already. When empty, one is made of employee, number, direction and start.',
});

const SKIP = {
	displayName: 'Skip if Already Logged',
	name: 'skipLogged',
	default: true,
	description:
		'Whether to leave out a call whose external ID is in the history already. It sees only the calls that the employee who connected the credential may see.',
} as const;

/** One finished call in one item: register silently with its past start, finish, then recording and transcript. */
export const logCall = defineOperation({
	entry: {
		name: 'Log Call',
		value: 'logCall',
		action: 'Log finished call',
		description:
			'Write a call that is over into the history in one go, with recording and transcript. Suits imports of call records.',
	},
	fields: [
		direction.with({ description: 'Whether the client called or was called' }),
		phoneNumber,
		employee('Employee who talked, or should have'),
		date({
			displayName: 'Start',
			name: 'start',
			description: 'When the call started. Without an offset the workflow’s time zone counts.',
		}),
		duration,
		outcomeOfList,
		before(ownId),
		before(flag(SKIP)),
		before(optionalRecording),
		before(transcript.with({ description: `${transcript.property.description ?? ''} Leave empty for none.` })),
		additionalFields([
			flagOffUnlessAdded({
				displayName: 'Add to Chat',
				name: 'addToChat',
				default: true,
				description: 'Whether a message about the call goes into the employee’s chat',
			}),
			flagOffUnlessAdded({
				displayName: 'Create Client',
				name: 'crmCreate',
				default: true,
				description: 'Whether a lead is created when nobody has this number',
			}),
			createLine,
			ownId.since,
			ifUnknownOutcome,
			callLine('line'),
			outcomeInWords.since,
			recordingByName.since,
			flagOnUnlessAdded(SKIP).since,
			crmSource,
			transcriptList.since,
			transcriptLines.since,
		]),
	],
	warns: true,
	output: { ...FINISHED_CALL, LOGGED: 'boolean', FILE_ID: 'integer?', TRANSCRIPT_ID: 'integer?' },
	read: ({ direction, outcome, additionalFields: added, ...first }, reader) => {
		const { ifUnknownOutcome, outcomeWord, transcriptLines, ...more } = added;
		const call = {
			...first,
			...more,
			skipLogged: first.skipLogged ?? more.skipLogged,
			recording: first.recording ?? more.recording,
		};
		const externalCallId = first.externalCallId ?? more.externalCallId;
		const incoming = direction === 'incoming';
		const code = statusCode(reader, outcomeWord ?? outcome, incoming, call.duration, ifUnknownOutcome);
		// Of two records of one call, such as the legs of a ring group, the answered one tells what happened, then the
		// longer one.
		reader.preference = call.duration + (code === '200' ? ANSWERED : 0);
		return {
			...call,
			incoming,
			messages: [...(first.transcript ?? more.transcript), ...transcriptLines],
			externalCallId:
				externalCallId ??
				(call.skipLogged
					? derivedId({ ...call, employee: Object.values(call.employee)[0], isIncoming: incoming })
					: undefined),
			statusCode: code,
		};
	},
	run: function* ({ createLine, employee, ...past }) {
		const who = yield* known(employee);
		if ('refused' in who) return who;
		const found = past.line && !createLine ? yield* lineOf(past.line) : { line: past.line };
		if ('refused' in found) return found;
		const call = { ...past, employee: who, ...found };
		return yield* call.externalCallId && call.skipLogged ? logOnce(call, call.externalCallId) : logAnyway(call);
	},
});
