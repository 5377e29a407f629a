/** What somebody wants, in the words that come to mind, and what does it. */
interface Wish {
	want: string;
	/** Resource and operation, such as `call finish`; or a trigger of {@link ../indexPages}. The best comes first. */
	pages: string[];
}

/** The way from a wish to a page. Each operation stands in at least one; a test sees to it. */
export const WISHES: readonly Wish[] = [
	{ want: 'dial when somebody clicks a number (click-to-call, callto)', pages: ['bitrix24'] },
	{ want: 'start when the phone system says that a call is over (webhook, CDR, hang-up)', pages: ['phoneSystem'] },
	{
		want: 'end a call, hang up, close the card, set duration and outcome',
		pages: ['call finishByReport', 'call finish'],
	},
	{ want: 'open the card for an incoming call, screen pop', pages: ['call register', 'call show'] },
	{ want: 'close the card at colleagues’, when one has answered', pages: ['call answeredBy', 'call hide'] },
	{ want: 'hand a call over, transfer, forward', pages: ['call transfer', 'call finishParts'] },
	{ want: 'give the call to whoever really talked (queue, transfer)', pages: ['call credit', 'call finishParts'] },
	{
		want: 'attach a recording: audio file, WAV, MP3, link',
		pages: ['call attachRecording', 'call finishByReport', 'call logCall'],
	},
	{ want: 'attach a transcript: text of the conversation, speech-to-text', pages: ['call attachTranscript'] },
	{ want: 'write a past call into the history, import, CSV, journal', pages: ['call logCall'] },
	{ want: 'find calls, statistics, report, export', pages: ['call getMany', 'call get'] },
	{ want: 'find the CALL_ID of a call that runs', pages: ['call findRunning'] },
	{ want: 'find out who calls: name, contact, lead, company by number', pages: ['client find'] },
	{ want: 'decide which phone rings: personal manager first, routing, fallback', pages: ['client route'] },
	{ want: 'have a missed call called back: task, to-do, reminder', pages: ['client createFollowUp'] },
	{ want: 'close that to-do when somebody has called back', pages: ['client closeFollowUps'] },
	{ want: 'change who is responsible for a contact, lead, company or deal', pages: ['client setResponsible'] },
	{ want: 'find an employee by extension or phone; list extensions', pages: ['employee find', 'employee getMany'] },
	{
		want: 'manage external lines: trunks, numbers of the company',
		pages: ['line add', 'line getMany', 'line update', 'line delete'],
	},
	{ want: 'see why nothing works: diagnosis, permissions, handlers', pages: ['setup check', 'setup removeOrphans'] },
	{
		want: 'have Bitrix24’s built-in telephony call and speak: robot call, voice message',
		pages: ['autoCall textCall', 'autoCall soundCall', 'autoCall callback', 'autoCall getVoices'],
	},
];
