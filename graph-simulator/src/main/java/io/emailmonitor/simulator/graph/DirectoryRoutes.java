package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Route;
import io.emailmonitor.simulator.store.Group;
import io.emailmonitor.simulator.store.Person;
import io.emailmonitor.simulator.store.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
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
    return list(
        call, "users", DirectoryJson.USER, tenant.people(), Person::address, DirectoryJson::user);
  }

  private Reply user(Call call) {
    return entity(call, "users", DirectoryJson.USER, person(call), DirectoryJson::user);
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
    return list(
        call, "groups", DirectoryJson.GROUP, tenant.groups(), Group::address, DirectoryJson::group);
  }

  private Reply group(Call call) {
    return entity(call, "groups", DirectoryJson.GROUP, findGroup(call), DirectoryJson::group);
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
    String members = "/groups/" + group.id() + (deep ? "/transitiveMembers" : "/members");
    return usersOnly
        ? page(call, "users" + selection, members + "/microsoft.graph.user", found, node -> node)
        : page(call, "directoryObjects", members, found, node -> node);
  }

  private static <T> Reply list(
      Call call,
      String name,
      Selection.EntityType type,
      Collection<T> all,
      Function<T, String> address,
      BiFunction<T, Selection, ObjectNode> shape) {
    Predicate<String> filter = DirectoryFilter.parse(call);
    Selection selection = selection(call, type);
    List<T> found = all.stream().filter(item -> filter.test(address.apply(item))).toList();
    return page(call, name + selection, '/' + name, found, item -> shape.apply(item, selection));
  }

  private static <T> Reply page(
      Call call, String context, String path, List<T> found, Function<T, ObjectNode> shape) {
    return Reply.json(200, Paging.DIRECTORY.page(call, context, path, found, shape));
  }

  private static <T> Reply entity(
      Call call,
      String name,
      Selection.EntityType type,
      T entity,
      BiFunction<T, Selection, ObjectNode> shape) {
    Selection selection = selection(call, type);
    return Replies.entity(call, 200, name + selection, shape.apply(entity, selection));
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
