//! The first words with an editor: what it can, what we can.

use std::path::PathBuf;

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, HoverProviderCapability, InitializeParams, InitializeResult, OneOf,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use serde_json::{Value, json};

use super::lines::Units;
use super::uri;
use crate::lint::config::NAME;

/// What we learn of an editor.
#[derive(Debug, Default)]
pub struct Client {
    pub units: Units,
    /// Its folders.
    pub folders: Vec<PathBuf>,
    /// Can it be asked to tell when files change?
    pub watches: bool,
}

impl Client {
    pub fn of(params: &InitializeParams) -> Self {
        let offered = params.capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let folders = params.workspace_folders.iter().flatten().filter_map(|folder| uri::path(folder.uri.as_str()));
        let watched = params.capabilities.workspace.as_ref().and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Self {
            units: Units::of(offered.unwrap_or_default()),
            folders: folders.collect(),
            watches: watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false),
        }
    }

    /// What we can.
    pub fn welcome(&self) -> InitializeResult {
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        };
        let actions = CodeActionOptions { code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]), ..CodeActionOptions::default() };
        InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(self.units.name()),
                text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
                hover_provider: Some(HoverProviderCapability::Simple(true)),
                code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
                inlay_hint_provider: Some(OneOf::Left(true)),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo { name: "otvet".into(), version: Some(env!("CARGO_PKG_VERSION").into()) }),
        }
    }
}

/// Ask to be told when configs and lexicons change.
pub fn watch() -> Value {
    let watchers = json!([{ "globPattern": format!("**/{NAME}") }, { "globPattern": "**/*.toml" }]);
    json!({ "registrations": [{ "id": "otvet-configs", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers } }] })
}
