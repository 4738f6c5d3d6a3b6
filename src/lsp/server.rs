//! Messages in, messages out. One thread: a text is looked at when nothing else waits, so fast typing costs nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossbeam_channel::TryRecvError;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit as ExitMessage,
    Initialized, Notification as _, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::{CodeActionRequest, HoverRequest, Initialize, InlayHintRequest, RegisterCapability, Request as _, Shutdown};
use lsp_types::{InitializeParams, MessageType, PublishDiagnosticsParams, ShowMessageParams, Uri};
use serde::Serialize;
use serde_json::Value;

use super::document::Document;
use super::ground::{Ground, Setup};
use super::welcome::{Client, watch};
use super::{actions, hints, hover};
use crate::command::Failure;
use crate::exit::Exit;
use crate::lint::config::NAME;
use crate::lint::run::{Linter, Memory, Vacancies};

/// Talk with an editor until it leaves.
///
/// # Errors
/// The shipped lexicons cannot be loaded.
pub fn serve(connection: &Connection, setup: &Setup) -> Result<Exit, Failure> {
    let mut server = Server { connection, documents: BTreeMap::new(), client: Client::default(), told: Vec::new(), leaving: false };
    if let Some(exit) = server.meet() {
        return Ok(exit);
    }
    loop {
        let mut mistakes = Vec::new();
        let mut policy = setup.policy(&mut mistakes);
        let ground = setup.ground(&policy, &server.paths(), &mut mistakes)?;
        let mut memory = Memory::new(&ground.analyzer);
        setup.settle(&ground, &mut policy, &server.paths(), &mut mistakes);
        loop {
            server.tell(mistakes);
            let linter = Linter {
                analyzer: &ground.analyzer,
                given: setup.given.clone(),
                encoding: None,
                jobs: 1,
                vacancies: Vacancies::default(),
                policy: &policy,
            };
            let turn = server.listen(&linter, &ground, &mut memory);
            server.documents.values_mut().for_each(|document| document.looked = None);
            match turn {
                Turn::Leave(exit) => return Ok(exit),
                Turn::Configs => {}
                Turn::Lexicons => break,
            }
            mistakes = Vec::new();
            policy = setup.policy(&mut mistakes);
            if !setup.settle(&ground, &mut policy, &server.paths(), &mut mistakes) {
                break;
            }
        }
    }
}

/// Why listening ends.
enum Turn {
    Leave(Exit),
    /// Read the configs and vacancies anew.
    Configs,
    /// Load everything anew.
    Lexicons,
}

/// The code 1, as the protocol wants it of a server whose editor left without a word.
const LOST: Exit = Exit::Findings;

struct Server<'a> {
    connection: &'a Connection,
    documents: BTreeMap<String, Document>,
    client: Client,
    /// Mistakes that were shown last: not said twice.
    told: Vec<String>,
    /// The editor has asked to shut down.
    leaving: bool,
}

impl Server<'_> {
    /// Wait for `initialize`.
    fn meet(&mut self) -> Option<Exit> {
        while let Ok(message) = self.connection.receiver.recv() {
            match message {
                Message::Request(request) if request.method == Initialize::METHOD => {
                    match serde_json::from_value::<InitializeParams>(request.params) {
                        Ok(params) => {
                            self.client = Client::of(&params);
                            self.send(Response::new_ok(request.id, self.client.welcome()).into());
                            return None;
                        }
                        Err(error) => self.refuse(request.id, ErrorCode::InvalidParams, &error.to_string()),
                    }
                }
                Message::Request(request) => self.refuse(request.id, ErrorCode::ServerNotInitialized, "сначала нужен запрос initialize"),
                Message::Notification(message) if message.method == ExitMessage::METHOD => return Some(LOST),
                Message::Notification(_) | Message::Response(_) => {}
            }
        }
        Some(LOST)
    }

    fn listen<'a>(&mut self, linter: &Linter<'a, '_>, ground: &Ground, memory: &mut Memory<'a>) -> Turn {
        loop {
            let message = match self.connection.receiver.try_recv() {
                Ok(message) => message,
                Err(TryRecvError::Disconnected) => return Turn::Leave(LOST),
                Err(TryRecvError::Empty) => {
                    if !self.look(linter, ground, memory) {
                        return Turn::Configs;
                    }
                    match self.connection.receiver.recv() {
                        Ok(message) => message,
                        Err(_) => return Turn::Leave(LOST),
                    }
                }
            };
            match message {
                // It must be answered from the text as it is now.
                Message::Request(request) => {
                    if !self.leaving && !self.look(linter, ground, memory) {
                        // What is loaded does not do for a new text: answer from what is known, and load the rest.
                        self.answer(request);
                        return Turn::Configs;
                    }
                    self.answer(request);
                }
                Message::Notification(message) => {
                    if let Some(turn) = self.hear(message) {
                        return turn;
                    }
                }
                Message::Response(_) => {}
            }
        }
    }

    /// Look at what has changed; `false`: other lexicons are needed for it.
    fn look<'a>(&mut self, linter: &Linter<'a, '_>, ground: &Ground, memory: &mut Memory<'a>) -> bool {
        let mut shown = Vec::new();
        for document in self.documents.values_mut().filter(|document| document.looked.is_none()) {
            if document.path.as_deref().is_some_and(|path| !ground.serves(linter.policy, path)) {
                return false;
            }
            document.look(linter, memory, self.client.units);
            let notes = document.looked.iter().flat_map(|looked| &looked.notes);
            shown.push(PublishDiagnosticsParams {
                uri: document.uri.clone(),
                diagnostics: notes.map(super::notes::Note::diagnostic).collect(),
                version: Some(document.version),
            });
        }
        shown.into_iter().for_each(|params| self.notify::<PublishDiagnostics>(params));
        true
    }

    fn hear(&mut self, message: Notification) -> Option<Turn> {
        match message.method.as_str() {
            ExitMessage::METHOD => return Some(Turn::Leave(if self.leaving { Exit::Clean } else { LOST })),
            Initialized::METHOD if self.client.watches => {
                let request = Request::new(RequestId::from("otvet-watch".to_string()), RegisterCapability::METHOD.into(), watch());
                self.send(request.into());
            }
            DidOpenTextDocument::METHOD => {
                if let Some(params) = read::<DidOpenTextDocument>(message) {
                    self.documents.insert(params.text_document.uri.as_str().to_string(), Document::new(params.text_document));
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(params) = read::<DidChangeTextDocument>(message)
                    && let Some(document) = self.documents.get_mut(params.text_document.uri.as_str())
                {
                    document.version = params.text_document.version;
                    // Whole texts were agreed on.
                    if let Some(change) = params.content_changes.into_iter().rfind(|change| change.range.is_none()) {
                        document.set(change.text);
                    }
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(params) = read::<DidCloseTextDocument>(message) {
                    let uri = params.text_document.uri;
                    self.documents.remove(uri.as_str());
                    self.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None });
                }
            }
            // It may be a vacancy or a config.
            DidSaveTextDocument::METHOD => return Some(Turn::Configs),
            DidChangeWatchedFiles::METHOD => {
                let changes = read::<DidChangeWatchedFiles>(message).map(|params| params.changes).unwrap_or_default();
                let is_config = |uri: &Uri| uri.as_str().ends_with(&format!("/{NAME}"));
                return Some(if changes.iter().all(|change| is_config(&change.uri)) { Turn::Configs } else { Turn::Lexicons });
            }
            _ => {}
        }
        None
    }

    fn answer(&mut self, request: Request) {
        if self.leaving {
            return self.refuse(request.id, ErrorCode::InvalidRequest, "после shutdown запросов не бывает");
        }
        let response = match request.method.as_str() {
            Shutdown::METHOD => {
                self.leaving = true;
                Response::new_ok(request.id, Value::Null)
            }
            HoverRequest::METHOD => reply::<HoverRequest>(request, |params| {
                let place = params.text_document_position_params;
                hover::at(self.document(&place.text_document.uri)?.looked.as_ref()?, place.position)
            }),
            CodeActionRequest::METHOD => {
                reply::<CodeActionRequest>(request, |params| Some(actions::of(self.document(&params.text_document.uri)?, &params)))
            }
            InlayHintRequest::METHOD => reply::<InlayHintRequest>(request, |params| {
                Some(hints::within(&self.document(&params.text_document.uri)?.looked.as_ref()?.hints, params.range))
            }),
            Initialize::METHOD => Response::new_err(request.id, ErrorCode::InvalidRequest as i32, "initialize уже был".into()),
            method => Response::new_err(request.id, ErrorCode::MethodNotFound as i32, format!("запрос {method} не поддерживается")),
        };
        self.send(response.into());
    }

    fn document(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(uri.as_str())
    }

    /// The paths whose configs matter: of the texts, and of the editor's folders.
    fn paths(&self) -> Vec<PathBuf> {
        let folders = self.client.folders.iter().map(|folder| folder.join(NAME));
        self.documents.values().filter_map(|document| document.path.clone()).chain(folders).collect()
    }

    /// Say what is wrong with configs and lexicons, once.
    fn tell(&mut self, mistakes: Vec<String>) {
        for message in mistakes.iter().filter(|mistake| !self.told.contains(mistake)) {
            self.notify::<ShowMessage>(ShowMessageParams { typ: MessageType::ERROR, message: format!("otvet: {message}") });
        }
        self.told = mistakes;
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        self.send(Notification::new(N::METHOD.into(), params).into());
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: &str) {
        self.send(Response::new_err(id, code as i32, message.into()).into());
    }

    /// An editor that is gone hears nothing; reading will tell us so.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }
}

/// What a notification says; one that says nonsense is passed over, since nobody waits for an answer.
fn read<N: lsp_types::notification::Notification>(message: Notification) -> Option<N::Params> {
    serde_json::from_value(message.params).ok()
}

fn reply<R: lsp_types::request::Request>(request: Request, answer: impl FnOnce(R::Params) -> R::Result) -> Response {
    match serde_json::from_value(request.params) {
        Ok(params) => Response::new_ok(request.id, answer(params)),
        Err(error) => Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string()),
    }
}
