package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Route;
import io.emailmonitor.simulator.store.Group;
import io.emailmonitor.simulator.store.Person;
import io.emailmonitor.simulator.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Users and groups. */
final class DirectoryRoutes {

  private final Tenant tenant;

  DirectoryRoutes(Tenant tenant) {
    this.tenant = tenant;
  }

  List<Route<Handler>> routes() {
    List<Route<Handler>> routes = new ArrayList<>();
    routes.add(Route.get("users", this::users));
    routes.add(Route.get("users/{user}", this::user));
    routes.add(Route.get("users/{user}/mailboxSettings", this::mailboxSettings));
    routes.add(Route.get("groups", this::groups));
    routes.add(Route.get("groups/{group}", this::group));
    for (String members : List.of("members", "transitiveMembers")) {
      boolean deep = members.equals("transitiveMembers");
      String path = "groups/{group}/" + members;
      routes.add(Route.get(path, call -> members(call, deep, false)));
      routes.add(Route.get(path + "/microsoft.graph.user", call -> members(call, deep, true)));
      routes.add(Route.get(path + "/graph.user", call -> members(call, deep, true)));
    }
    return routes;
  }

  private Reply users(Call call) {
    Predicate<String> filter = DirectoryFilter.parse(call);
    List<Person> found =
        tenant.people().stream().filter(person -> filter.test(person.address())).toList();
    return list(call, "users", DirectoryJson.USER, found, DirectoryJson::user);
  }

  private Reply user(Call call) {
    Selection selection = selection(call, DirectoryJson.USER);
    return Replies.entity(
        call, 200, "users" + selection, DirectoryJson.user(person(call), selection));
  }

  private Person person(Call call) {
    String user = call.name("user");
    return tenant.person(user).orElseThrow(() -> notFound(user));
  }

  private Reply mailboxSettings(Call call) {
    Person person = person(call);
    new Lookup(tenant).mailbox(call);
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("timeZone", "UTC");
    settings.put("userPurpose", person.shared() ? "shared" : "user");
    settings.put("@odata.context", call.context("users('" + person.id() + "')/mailboxSettings"));
    return Reply.json(200, settings);
  }

  private Reply groups(Call call) {
    Predicate<String> filter = DirectoryFilter.parse(call);
    List<Group> found =
        tenant.groups().stream().filter(group -> filter.test(group.address())).toList();
    return list(call, "groups", DirectoryJson.GROUP, found, DirectoryJson::group);
  }

  private static <T> Reply list(
      Call call,
      String name,
      Selection.EntityType type,
      List<T> found,
      BiFunction<T, Selection, ObjectNode> shape) {
    Selection selection = selection(call, type);
    return Reply.json(
        200,
        Paging.DIRECTORY.page(
            call, name + selection, '/' + name, found, item -> shape.apply(item, selection)));
  }

  private Reply group(Call call) {
    Selection selection = selection(call, DirectoryJson.GROUP);
    return Replies.entity(
        call, 200, "groups" + selection, DirectoryJson.group(findGroup(call), selection));
  }

  private Group findGroup(Call call) {
    String id = call.name("group");
    return tenant.group(id).orElseThrow(() -> notFound(id));
  }

  private Reply members(Call call, boolean deep, boolean usersOnly) {
    if (usersOnly) {
      DirectoryFilter.requireAdvanced(call);
    }
    Group group = findGroup(call);
    Selection selection = usersOnly ? selection(call, DirectoryJson.USER) : Selection.ALL;
    List<ObjectNode> found = new ArrayList<>();
    for (String member : tenant.members(group, deep)) {
      Optional<Group> inner = tenant.groupAt(member);
      if (inner.isEmpty()) {
        tenant
            .person(member)
            .ifPresent(person -> found.add(DirectoryJson.memberUser(person, selection)));
      } else if (!usersOnly) {
        found.add(DirectoryJson.memberGroup(inner.get()));
      }
    }
    String path =
        "/groups/"
            + group.id()
            + (deep ? "/transitiveMembers" : "/members")
            + (usersOnly ? "/microsoft.graph.user" : "");
    return Reply.json(
        200,
        Paging.DIRECTORY.page(
            call, usersOnly ? "users" + selection : "directoryObjects", path, found, node -> node));
  }

  private static Selection selection(Call call, Selection.EntityType type) {
    return Selection.parse(call.option("select").orElse(""), type);
  }

  private static GraphFailure notFound(String what) {
    return new GraphFailure(
        404,
        "Request_ResourceNotFound",
        "Resource '"
            + what
            + "' does not exist or one of its queried reference-property objects"
            + " are not present.");
  }
}
